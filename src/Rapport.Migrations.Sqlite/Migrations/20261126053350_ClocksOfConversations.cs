using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ClocksOfConversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "marks_envelope_sender",
                table: "outboxes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "clock",
                table: "conversations",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "clock_channel",
                table: "conversations",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "clock_from",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "clock_tier",
                table: "conversations",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "clock_time",
                table: "conversations",
                type: "TEXT",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "answer_times",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    written = table.Column<string>(type: "TEXT", nullable: false),
                    rounds = table.Column<int>(type: "INTEGER", nullable: false),
                    rounds_done = table.Column<int>(type: "INTEGER", nullable: false),
                    looked_at = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answer_times", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_due_at_id",
                table: "conversations",
                columns: new[] { "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_due_at",
                table: "conversations",
                columns: new[] { "owner", "due_at" },
                filter: "clock = 'SpeakAgain'");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_due_at_id",
                table: "conversations",
                columns: new[] { "owner", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_team_due_at_id",
                table: "conversations",
                columns: new[] { "team", "due_at", "id" },
                filter: "due_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "answer_times");

            migrationBuilder.DropIndex(
                name: "ix_conversations_due_at_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_owner_due_at",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_owner_due_at_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_team_due_at_id",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "marks_envelope_sender",
                table: "outboxes");

            migrationBuilder.DropColumn(
                name: "clock",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "clock_channel",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "clock_from",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "clock_tier",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "clock_time",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "conversations");
        }
    }
}
