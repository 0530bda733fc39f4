using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// A prepared statement, bound and stepped without allocating: the writer's. Microsoft.Data.Sqlite, used everywhere else,
/// allocates about a kilobyte a row.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private int _parameter;

    public Statement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds the next parameter.</summary>
    public Statement With(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_parameter, value));
        return this;
    }

    public Statement With(long? value) => value is { } some ? With(some) : WithNull();

    public Statement With(bool value) => With(value ? 1 : 0);

    public Statement With(string? value)
    {
        if (value is null)
            return WithNull();
        Check(raw.sqlite3_bind_text(_statement, ++_parameter, value));
        return this;
    }

    private Statement WithNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_parameter));
        return this;
    }

    /// <summary>Runs it with what was bound, and makes it ready for the next row.</summary>
    public void Run()
    {
        _parameter = 0;
        int result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE && result != raw.SQLITE_ROW)
        {
            SqliteException failure = Failure(result);
            // Its answer is the same failure again; without it the statement could not be run once more.
            _ = raw.sqlite3_reset(_statement);
            throw failure;
        }
        Check(raw.sqlite3_reset(_statement));
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure(result);
    }

    private SqliteException Failure(int result) => new(raw.sqlite3_errmsg(_db).utf8_to_string(), result, raw.sqlite3_extended_errcode(_db));
}
