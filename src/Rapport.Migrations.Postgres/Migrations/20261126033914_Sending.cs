using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Sending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    conversation = table.Column<Guid>(type: "uuid", nullable: true),
                    answers = table.Column<long>(type: "bigint", nullable: true),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: true),
                    to = table.Column<string>(type: "text", nullable: false),
                    cc = table.Column<string>(type: "text", nullable: false),
                    bcc = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    seen_last = table.Column<long>(type: "bigint", nullable: true),
                    seen_count = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    send_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stopped = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    sent_as = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_drafts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outboxes",
                columns: table => new
                {
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    sender_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    signature = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    marks_reply_address = table.Column<bool>(type: "boolean", nullable: false),
                    most_per_minute = table.Column<int>(type: "integer", nullable: true),
                    server_keeps_copy = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    holder = table.Column<Guid>(type: "uuid", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    trouble_said = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    trouble_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    retry_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outboxes", x => x.mailbox);
                    table.ForeignKey(
                        name: "fk_outboxes_mailboxes_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_mails",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "bigint", nullable: false),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    raw = table.Column<byte[]>(type: "bytea", nullable: false),
                    envelope_sender = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    copy = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    copy_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    copy_attempts = table.Column<int>(type: "integer", nullable: false),
                    copy_said = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_mails", x => x.interaction);
                });

            migrationBuilder.CreateTable(
                name: "saved_texts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    shortcut = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_texts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "draft_files",
                columns: table => new
                {
                    draft = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    blob = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_files", x => new { x.draft, x.position });
                    table.ForeignKey(
                        name: "fk_draft_files_drafts_draft",
                        column: x => x.draft,
                        principalTable: "drafts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dispatches",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "bigint", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    claim = table.Column<Guid>(type: "uuid", nullable: true),
                    said = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    settled_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispatches", x => new { x.interaction, x.channel, x.recipient });
                    table.ForeignKey(
                        name: "fk_dispatches_outgoing_mails_interaction",
                        column: x => x.interaction,
                        principalTable: "outgoing_mails",
                        principalColumn: "interaction",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_mailbox",
                table: "dispatches",
                column: "mailbox",
                filter: "state = 'Claimed'");

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_mailbox_due_at",
                table: "dispatches",
                columns: new[] { "mailbox", "due_at" },
                filter: "state = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_state_interaction",
                table: "dispatches",
                columns: new[] { "state", "interaction" });

            migrationBuilder.CreateIndex(
                name: "ix_draft_files_blob",
                table: "draft_files",
                column: "blob");

            migrationBuilder.CreateIndex(
                name: "ix_drafts_author_changed_at",
                table: "drafts",
                columns: new[] { "author", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_drafts_send_at",
                table: "drafts",
                column: "send_at",
                filter: "send_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_drafts_sent_as",
                table: "drafts",
                column: "sent_as",
                filter: "sent_as IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_mailbox_copy_due_at",
                table: "outgoing_mails",
                columns: new[] { "mailbox", "copy_due_at" },
                filter: "copy = 'Wanted'");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_mailbox_tried_at",
                table: "outgoing_mails",
                columns: new[] { "mailbox", "tried_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_message_id",
                table: "outgoing_mails",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_saved_texts_shortcut",
                table: "saved_texts",
                column: "shortcut",
                unique: true,
                filter: "shortcut <> ''");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dispatches");

            migrationBuilder.DropTable(
                name: "draft_files");

            migrationBuilder.DropTable(
                name: "outboxes");

            migrationBuilder.DropTable(
                name: "saved_texts");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "drafts");
        }
    }
}
