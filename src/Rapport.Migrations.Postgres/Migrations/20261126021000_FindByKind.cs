using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Rapport.Kernel.Database;

namespace Rapport.Migrations.Postgres.Migrations;

/// <summary>Each kind of thing has its own part of the index. SQLite reads its index in the order of places anyway.</summary>
[DbContext(typeof(RapportDb))]
[Migration("20261126021000_FindByKind")]
internal sealed class FindByKind : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PostgresDialect.SearchPartitions);
}
