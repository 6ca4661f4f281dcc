using Microsoft.Data.Sqlite;
using Npgsql;

namespace Rapport.Kernel.Database;

/// <summary>Where the database is: PostgreSQL when a connection string is given, else the file <c>rapport.db</c> in the data folder.</summary>
/// <param name="Postgres">Whether it is PostgreSQL.</param>
/// <param name="ConnectionString">What the provider is given.</param>
/// <param name="File">The SQLite file; null for PostgreSQL.</param>
public sealed record DatabaseAddress(bool Postgres, string ConnectionString, string? File)
{
    /// <summary>The folder for what is not in the database.</summary>
    public string Folder { get; init; } = File is null ? "data" : Path.GetDirectoryName(Path.GetFullPath(File))!;

    /// <summary>Reads <c>RAPPORT_DATABASE</c>: <c>postgres://user:password@host:port/name</c> or <c>Host=...;...</c>.</summary>
    /// <param name="database">That; SQLite when it is empty.</param>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="FormatException">It is neither; the message says what to write instead.</exception>
    public static DatabaseAddress Of(string? database, string folder)
    {
        if (string.IsNullOrWhiteSpace(database))
        {
            var file = Path.Combine(folder, "rapport.db");
            return new(false, new SqliteConnectionStringBuilder { DataSource = file }.ToString(), file);
        }
        try
        {
            var builder = database.Contains("://", StringComparison.Ordinal) ? FromUri(new Uri(database)) : new NpgsqlConnectionStringBuilder(database);
            if (string.IsNullOrEmpty(builder.Host)) throw new FormatException();
            return new(true, builder.ToString(), null) { Folder = folder };
        }
        catch (Exception e) when (e is FormatException or ArgumentException or UriFormatException)
        {
            throw new FormatException("RAPPORT_DATABASE is not a connection string. Write postgres://user:password@host/database or Host=...;Database=...;Username=..., or leave it unset for SQLite.", e);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        if (uri.Scheme is not ("postgres" or "postgresql")) throw new FormatException();
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (uri.Port > 0) builder.Port = uri.Port;
        if (user[0].Length > 0) builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }
        return builder;
    }
}
