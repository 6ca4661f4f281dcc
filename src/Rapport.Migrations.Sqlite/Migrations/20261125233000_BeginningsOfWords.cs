using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Rapport.Kernel.Database;

namespace Rapport.Migrations.Sqlite.Migrations;

/// <summary>Longer beginnings of words are found at once. PostgreSQL needs none of it.</summary>
[DbContext(typeof(RapportDb))]
[Migration("20261125233000_BeginningsOfWords")]
internal sealed class BeginningsOfWords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqliteDialect.SearchVocabularies);
}
