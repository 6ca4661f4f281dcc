using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ReadingMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "seal",
                table: "interactions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "remote_senders",
                columns: table => new
                {
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_remote_senders", x => new { x.member, x.address });
                });

            migrationBuilder.CreateTable(
                name: "suppression_lifts",
                columns: table => new
                {
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    up_to = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppression_lifts", x => x.address);
                });

            migrationBuilder.CreateIndex(
                name: "ix_address_reports_at",
                table: "address_reports",
                column: "at",
                filter: "news = 'Policy'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "remote_senders");

            migrationBuilder.DropTable(
                name: "suppression_lifts");

            migrationBuilder.DropIndex(
                name: "ix_address_reports_at",
                table: "address_reports");

            migrationBuilder.DropColumn(
                name: "seal",
                table: "interactions");
        }
    }
}
