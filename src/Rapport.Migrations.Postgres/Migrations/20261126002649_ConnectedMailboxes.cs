using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "fetched_mails",
                columns: table => new
                {
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    validity = table.Column<long>(type: "bigint", nullable: false),
                    uid = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    arrived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    why = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fetched_mails", x => new { x.mailbox, x.role, x.validity, x.uid });
                });

            migrationBuilder.CreateTable(
                name: "mailbox_connections",
                columns: table => new
                {
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    read_from = table.Column<DateOnly>(type: "date", nullable: true),
                    connected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    paused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    holder = table.Column<Guid>(type: "uuid", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contact_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    trouble_said = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    trouble_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    retry_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    use = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    host = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    port = table.Column<int>(type: "integer", nullable: false),
                    security = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    user = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    secret = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    trusted_certificate = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
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
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    validity = table.Column<long>(type: "bigint", nullable: false),
                    renumbered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    on_server = table.Column<int>(type: "integer", nullable: false),
                    older = table.Column<int>(type: "integer", nullable: false),
                    missing = table.Column<int>(type: "integer", nullable: false),
                    missing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    oldest_missing_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    already_here = table.Column<int>(type: "integer", nullable: false),
                    compared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_arrival_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    longest_gap_minutes = table.Column<int>(type: "integer", nullable: true)
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
