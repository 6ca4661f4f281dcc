using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
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
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "remote_senders",
                columns: table => new
                {
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_remote_senders", x => new { x.member, x.address });
                });

            migrationBuilder.CreateTable(
                name: "suppression_lifts",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    up_to = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
