using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Rapport.Kernel.Database;

namespace Rapport.Migrations.Postgres.Migrations;

/// <summary>The index, which EF knows nothing of: written by hand, from the dialect that uses it.</summary>
[DbContext(typeof(RapportDb))]
[Migration("20261123000001_Search")]
internal sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PostgresDialect.SearchTables);
}
