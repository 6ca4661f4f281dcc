using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddMailProviders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "provider",
                table: "mail_servers",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "mail_grants",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    provider = table.Column<byte[]>(type: "BLOB", nullable: false),
                    granted_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    refresh_token = table.Column<string>(type: "TEXT", nullable: false),
                    access_token = table.Column<string>(type: "TEXT", nullable: false),
                    access_until = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    asking_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_grants", x => x.mailbox);
                    table.ForeignKey(
                        name: "fk_mail_grants_mailbox_connections_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailbox_connections",
                        principalColumn: "mailbox",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mail_providers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    authorize_address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    token_address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    scopes = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    reading_server = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    sending_server = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_providers", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_mail_grants_provider",
                table: "mail_grants",
                column: "provider");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mail_grants");

            migrationBuilder.DropTable(
                name: "mail_providers");

            migrationBuilder.DropColumn(
                name: "provider",
                table: "mail_servers");
        }
    }
}
