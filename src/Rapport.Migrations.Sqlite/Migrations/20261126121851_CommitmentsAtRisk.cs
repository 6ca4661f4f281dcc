using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CommitmentsAtRisk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "first_due",
                table: "commitments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "commitments",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Action");

            migrationBuilder.CreateTable(
                name: "commitment_dependencies",
                columns: table => new
                {
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: false),
                    on = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_dependencies", x => new { x.commitment, x.on });
                    table.ForeignKey(
                        name: "fk_commitment_dependencies_commitments_commitment",
                        column: x => x.commitment,
                        principalTable: "commitments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_commitment_dependencies_commitments_on",
                        column: x => x.on,
                        principalTable: "commitments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "commitment_mails",
                columns: table => new
                {
                    draft = table.Column<byte[]>(type: "BLOB", nullable: false),
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: false),
                    due_start = table.Column<long>(type: "INTEGER", nullable: true),
                    due_end = table.Column<long>(type: "INTEGER", nullable: true),
                    due_precision = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    due_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    before_start = table.Column<long>(type: "INTEGER", nullable: true),
                    before_end = table.Column<long>(type: "INTEGER", nullable: true),
                    before_precision = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    before_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_mails", x => x.draft);
                    table.ForeignKey(
                        name: "fk_commitment_mails_commitment_commitment",
                        column: x => x.commitment,
                        principalTable: "commitments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_commitment_mails_drafts_draft",
                        column: x => x.draft,
                        principalTable: "drafts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "commitment_steps",
                columns: table => new
                {
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    due_end = table.Column<long>(type: "INTEGER", nullable: true),
                    due_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_steps", x => new { x.commitment, x.place });
                    table.ForeignKey(
                        name: "fk_commitment_steps_commitments_commitment",
                        column: x => x.commitment,
                        principalTable: "commitments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_side_kind_closed_at",
                table: "commitments",
                columns: new[] { "side", "kind", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_dependencies_on",
                table: "commitment_dependencies",
                column: "on");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_mails_commitment",
                table: "commitment_mails",
                column: "commitment");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "commitment_dependencies");

            migrationBuilder.DropTable(
                name: "commitment_mails");

            migrationBuilder.DropTable(
                name: "commitment_steps");

            migrationBuilder.DropIndex(
                name: "ix_commitments_side_kind_closed_at",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "first_due",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "commitments");
        }
    }
}
