using Microsoft.Data.Sqlite;
using Npgsql;

namespace Rapport.Kernel.Database;

/// <summary>A failure of the machine beneath Rapport: a full disk, a locked file, a server that is gone. Nothing that a change of the code would mend.</summary>
/// <param name="Short">For whoever looks at a page: what it is. Names no file and no address.</param>
/// <param name="Sentence">For whoever runs the machine: also where, and what to do.</param>
public sealed record DatabaseTrouble(string Short, string Sentence)
{
    private const string Space = "Nothing was half written; free some space and try again.";

    /// <summary>What an exception tells of the machine; null when it tells of something else.</summary>
    public static DatabaseTrouble? Of(Exception failure, DatabaseAddress address)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            var trouble = e switch
            {
                DatabaseUnusableException => new("The database cannot be used.", e.Message),
                SqliteException sqlite => OfSqlite(sqlite, address.File ?? "the database file"),
                PostgresException postgres => OfPostgres(postgres),
                NpgsqlException { InnerException: TimeoutException } => new("The database did not answer in time.", "PostgreSQL did not answer in time. It is busy, or another program holds what was asked for: try again, and if it stays so, look at what it is doing."),
                NpgsqlException => new("The database cannot be reached.", "PostgreSQL cannot be reached at the address in RAPPORT_DATABASE. Check that it runs and that host and port are right."),
                UnauthorizedAccessException or DirectoryNotFoundException when address.File is not null => new("The folder of the database cannot be written to.", $"{e.Message} Name a folder that this user may write to with RAPPORT_DATA."),
                IOException when e.Message.Contains("space", StringComparison.OrdinalIgnoreCase) => new("The disk is full.", $"The disk is full. {Space}"),
                IOException when address.File is not null && e.Message.Contains("read-only", StringComparison.OrdinalIgnoreCase) => new("The disk is read-only.", $"{e.Message} Name a folder that this user may write to with RAPPORT_DATA."),
                _ => (DatabaseTrouble?)null,
            };
            if (trouble is not null) return trouble;
        }
        return null;
    }

    // https://sqlite.org/rescode.html
    private static DatabaseTrouble? OfSqlite(SqliteException e, string file) => e.SqliteErrorCode switch
    {
        8 => new("The database is read-only.", $"The database file {file} is read-only. Make it and its folder writable for this user."),
        5 or 6 => new("The database is locked by another program.", $"The database file {file} is locked by another program. Stop it, or wait until it is done, and try again."),
        13 => new("The disk is full.", $"The disk that holds {file} is full. {Space}"),
        10 => new("The disk cannot be read or written.", $"The disk that holds {file} failed or is full. Check it, free some space and try again; what was stored before is whole."),
        3 or 14 => new("The database cannot be opened.", $"The database file {file} cannot be opened. Check that its folder exists and is not read-only for this user, or name another with RAPPORT_DATA."),
        26 or 11 => new("The database is damaged.", $"{file} is not a healthy Rapport database. Restore it from your last backup, or move it away to start afresh."),
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static DatabaseTrouble? OfPostgres(PostgresException e) => e.SqlState switch
    {
        "28P01" or "28000" => new("The database refuses us.", "PostgreSQL refuses the user or password in RAPPORT_DATABASE."),
        "3D000" => new("There is no such database.", "The PostgreSQL database named in RAPPORT_DATABASE does not exist. Create it, then try again."),
        "42501" => new("The database does not let us do this.", "The user in RAPPORT_DATABASE may not do this. Make it the owner of the database, then try again."),
        "25006" => new("The database is read-only.", "PostgreSQL takes no changes at present: it is a standby, or was made read-only."),
        "53100" => new("The disk of the database is full.", $"PostgreSQL's disk is full. {Space}"),
        "53300" => new("The database has too many connections.", "PostgreSQL has too many connections. Allow more there, or give fewer to other programs."),
        { } state when state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) => new("The database is starting or stopping.", "PostgreSQL is starting or stopping. Wait until it runs, then try again."),
        _ => null,
    };
}
