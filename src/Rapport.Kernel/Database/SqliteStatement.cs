using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Rapport.Kernel.Database;

/// <summary>A prepared statement that is run many times, on the connection and in the transaction of a context. What ADO.NET costs for each run is more than what SQLite does in it.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = ArrayPool<byte>.Shared.Rent(1024);

    /// <exception cref="SqliteException">The statement is wrong.</exception>
    public SqliteStatement(RapportDb db, string sql)
    {
        _connection = ((SqliteConnection)db.Database.GetDbConnection()).Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    /// <summary>Gives a parameter, counted from 1, its value as <see cref="Conventions"/> has it lie in the database.</summary>
    public object? this[int at]
    {
        set => Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, at),
            string text => Bind(at, text),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, at, bytes),
            long number => raw.sqlite3_bind_int64(_statement, at, number),
            int number => raw.sqlite3_bind_int64(_statement, at, number),
            bool flag => raw.sqlite3_bind_int64(_statement, at, flag ? 1 : 0),
            double number => raw.sqlite3_bind_double(_statement, at, number),
            DateOnly day => Bind(at, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"A value of {value.GetType().Name} cannot be written."),
        });
    }

    private int Bind(int at, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = ArrayPool<byte>.Shared.Rent(most);
        }
        return raw.sqlite3_bind_text(_statement, at, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    /// <summary>Runs it with the values it has now; they stay for the next time.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public void Run() => Step(raw.SQLITE_DONE);

    /// <summary>Runs it, and gives the number in its first row and column; null when there is none.</summary>
    public long? Ask() => Ask(raw.SQLITE_INTEGER, static s => (long?)raw.sqlite3_column_int64(s, 0));

    /// <summary>Runs it, and gives the text in its first row and column; null when there is none.</summary>
    public string? AskText() => Ask(raw.SQLITE_TEXT, static s => raw.sqlite3_column_text(s, 0).utf8_to_string());

    private T? Ask<T>(int type, Func<sqlite3_stmt, T?> value)
    {
        var result = raw.sqlite3_step(_statement);
        var answer = result == raw.SQLITE_ROW && raw.sqlite3_column_type(_statement, 0) == type ? value(_statement) : default;
        raw.sqlite3_reset(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Check(result);
        return answer;
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _statement.Dispose();
        ArrayPool<byte>.Shared.Return(_text);
    }

    private void Step(int expected)
    {
        var result = raw.sqlite3_step(_statement);
        var reset = raw.sqlite3_reset(_statement);
        if (result != expected) Check(reset);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);
}
