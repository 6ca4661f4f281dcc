using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AddMailProviders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "provider",
                table: "mail_servers",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "mail_grants",
                columns: table => new
                {
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<Guid>(type: "uuid", nullable: false),
                    granted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    granted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    refresh_token = table.Column<string>(type: "text", nullable: false),
                    access_token = table.Column<string>(type: "text", nullable: false),
                    access_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    asking_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    client_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    secret = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    authorize_address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    token_address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    scopes = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    reading_server = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    sending_server = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
