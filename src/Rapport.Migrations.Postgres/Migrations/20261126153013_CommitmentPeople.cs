using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CommitmentPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "said_from",
                table: "commitments",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "said_to",
                table: "commitments",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "commitment_helpers",
                columns: table => new
                {
                    commitment = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_helpers", x => new { x.commitment, x.member });
                    table.ForeignKey(
                        name: "fk_commitment_helpers_commitment_commitment",
                        column: x => x.commitment,
                        principalTable: "commitments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "commitment_recipients",
                columns: table => new
                {
                    commitment = table.Column<Guid>(type: "uuid", nullable: false),
                    to = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_recipients", x => new { x.commitment, x.to });
                    table.ForeignKey(
                        name: "fk_commitment_recipients_commitment_commitment",
                        column: x => x.commitment,
                        principalTable: "commitments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "links_in_mail",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_links_in_mail", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_customer_side_closed_at_id_state",
                table: "commitments",
                columns: new[] { "customer", "side", "closed_at", "id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_side_closed_at_id",
                table: "commitments",
                columns: new[] { "side", "closed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_helpers_member",
                table: "commitment_helpers",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_recipients_to",
                table: "commitment_recipients",
                column: "to");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "commitment_helpers");

            migrationBuilder.DropTable(
                name: "commitment_recipients");

            migrationBuilder.DropTable(
                name: "links_in_mail");

            migrationBuilder.DropIndex(
                name: "ix_commitments_customer_side_closed_at_id_state",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitments_side_closed_at_id",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "said_from",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "said_to",
                table: "commitments");
        }
    }
}
