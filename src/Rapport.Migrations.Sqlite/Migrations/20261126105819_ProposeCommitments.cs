using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ProposeCommitments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "commitment_proposals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    said_in = table.Column<long>(type: "INTEGER", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    said_at = table.Column<long>(type: "INTEGER", nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    with = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @for = table.Column<byte[]>(name: "for", type: "BLOB", nullable: true),
                    words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    probability = table.Column<double>(type: "REAL", nullable: false),
                    score = table.Column<double>(type: "REAL", nullable: false),
                    because = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    due_start = table.Column<long>(type: "INTEGER", nullable: true),
                    due_end = table.Column<long>(type: "INTEGER", nullable: true),
                    due_precision = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    due_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "learned_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    weight = table.Column<double>(type: "REAL", nullable: false),
                    confirmed = table.Column<int>(type: "INTEGER", nullable: false),
                    dismissed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learned_words", x => x.word);
                });

            migrationBuilder.CreateTable(
                name: "learning_forgotten",
                columns: table => new
                {
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_forgotten", x => x.at);
                });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_proposals_said_in_place",
                table: "commitment_proposals",
                columns: new[] { "said_in", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commitment_proposals_state_for_said_in",
                table: "commitment_proposals",
                columns: new[] { "state", "for", "said_in" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_proposals_with",
                table: "commitment_proposals",
                column: "with");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "commitment_proposals");

            migrationBuilder.DropTable(
                name: "learned_words");

            migrationBuilder.DropTable(
                name: "learning_forgotten");
        }
    }
}
