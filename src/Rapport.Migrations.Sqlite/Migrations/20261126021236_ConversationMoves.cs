using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ConversationMoves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "conversation_moves",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<byte[]>(type: "BLOB", nullable: false),
                    to = table.Column<byte[]>(type: "BLOB", nullable: false),
                    head = table.Column<long>(type: "INTEGER", nullable: false),
                    head_because = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    memory = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_moves", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "moved_interactions",
                columns: table => new
                {
                    move = table.Column<byte[]>(type: "BLOB", nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_moved_interactions", x => new { x.move, x.interaction });
                });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_moves_from_to",
                table: "conversation_moves",
                columns: new[] { "from", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_moves_to",
                table: "conversation_moves",
                column: "to");

            migrationBuilder.CreateIndex(
                name: "ix_moved_interactions_interaction",
                table: "moved_interactions",
                column: "interaction");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_moves");

            migrationBuilder.DropTable(
                name: "moved_interactions");
        }
    }
}
