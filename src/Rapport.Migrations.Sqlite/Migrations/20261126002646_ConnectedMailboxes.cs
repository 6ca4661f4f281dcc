using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ConnectedMailboxes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "sent",
                table: "intakes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "fetched_mails",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    validity = table.Column<long>(type: "INTEGER", nullable: false),
                    uid = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    arrived_at = table.Column<long>(type: "INTEGER", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    why = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fetched_mails", x => new { x.mailbox, x.role, x.validity, x.uid });
                });

            migrationBuilder.CreateTable(
                name: "mailbox_connections",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    read_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    connected_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    paused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    holder = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    contact_at = table.Column<long>(type: "INTEGER", nullable: true),
                    trouble = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    trouble_said = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    trouble_since = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    retry_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox_connections", x => x.mailbox);
                    table.ForeignKey(
                        name: "fk_mailbox_connections_mailbox_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mail_servers",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    use = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    host = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    port = table.Column<int>(type: "INTEGER", nullable: false),
                    security = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    user = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    trusted_certificate = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_servers", x => new { x.mailbox, x.use });
                    table.ForeignKey(
                        name: "fk_mail_servers_mailbox_connections_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailbox_connections",
                        principalColumn: "mailbox",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_folders",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    validity = table.Column<long>(type: "INTEGER", nullable: false),
                    renumbered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    on_server = table.Column<int>(type: "INTEGER", nullable: false),
                    older = table.Column<int>(type: "INTEGER", nullable: false),
                    missing = table.Column<int>(type: "INTEGER", nullable: false),
                    missing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    oldest_missing_at = table.Column<long>(type: "INTEGER", nullable: true),
                    already_here = table.Column<int>(type: "INTEGER", nullable: false),
                    compared_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_arrival_at = table.Column<long>(type: "INTEGER", nullable: true),
                    longest_gap_minutes = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox_folders", x => new { x.mailbox, x.role });
                    table.ForeignKey(
                        name: "fk_mailbox_folders_mailbox_connections_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailbox_connections",
                        principalColumn: "mailbox",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_fetched_mails_mailbox_state",
                table: "fetched_mails",
                columns: new[] { "mailbox", "state" },
                filter: "state <> 'Stored'");

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_connections_address",
                table: "mailbox_connections",
                column: "address");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fetched_mails");

            migrationBuilder.DropTable(
                name: "mail_servers");

            migrationBuilder.DropTable(
                name: "mailbox_folders");

            migrationBuilder.DropTable(
                name: "mailbox_connections");

            migrationBuilder.DropColumn(
                name: "sent",
                table: "intakes");
        }
    }
}
