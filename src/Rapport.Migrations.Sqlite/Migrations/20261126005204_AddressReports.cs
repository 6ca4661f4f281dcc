using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddressReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "bounced_at",
                table: "contact_points");

            migrationBuilder.CreateTable(
                name: "address_reports",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: false),
                    news = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    diagnostic = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    about = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_address_reports", x => new { x.address, x.interaction });
                });

            migrationBuilder.CreateIndex(
                name: "ix_address_reports_about",
                table: "address_reports",
                column: "about",
                filter: "about IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_address_reports_interaction",
                table: "address_reports",
                column: "interaction");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "address_reports");

            migrationBuilder.AddColumn<long>(
                name: "bounced_at",
                table: "contact_points",
                type: "INTEGER",
                nullable: true);
        }
    }
}
