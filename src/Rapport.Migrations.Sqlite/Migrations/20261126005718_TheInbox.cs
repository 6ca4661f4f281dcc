using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TheInbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "state_by",
                table: "conversations",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "team",
                table: "conversations",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "conversation_tags",
                columns: table => new
                {
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tag = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_tags", x => new { x.conversation, x.tag });
                });

            migrationBuilder.CreateTable(
                name: "nudges",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nudges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tags", x => x.key);
                });

            // What came into the mailbox of a team is that team's.
            migrationBuilder.Sql("UPDATE conversations SET team = (SELECT m.team FROM interactions i JOIN intakes x ON x.interaction = i.id JOIN mailboxes m ON m.id = x.mailbox WHERE i.conversation = conversations.id AND m.team IS NOT NULL ORDER BY x.id LIMIT 1) WHERE only_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_snoozed_until_id",
                table: "conversations",
                columns: new[] { "snoozed_until", "id" },
                filter: "snoozed_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_state_last_at_id1",
                table: "conversations",
                columns: new[] { "state", "last_at", "id" },
                filter: "owner IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_team_state_last_at_id",
                table: "conversations",
                columns: new[] { "team", "state", "last_at", "id" },
                filter: "team IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tags_tag_conversation",
                table: "conversation_tags",
                columns: new[] { "tag", "conversation" });

            migrationBuilder.CreateIndex(
                name: "ix_nudges_conversation",
                table: "nudges",
                column: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_nudges_member_at",
                table: "nudges",
                columns: new[] { "member", "at" },
                filter: "seen_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_tags");

            migrationBuilder.DropTable(
                name: "nudges");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropIndex(
                name: "ix_conversations_snoozed_until_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_state_last_at_id1",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_team_state_last_at_id",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "state_by",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "team",
                table: "conversations");
        }
    }
}
