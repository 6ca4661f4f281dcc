using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ImportsOfMailCanBeUndone : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "import",
                table: "intakes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "holder",
                table: "imports",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_judgements_interaction",
                table: "judgements",
                column: "interaction",
                filter: "interaction IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_intakes_import_id",
                table: "intakes",
                columns: new[] { "import", "id" },
                filter: "import IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_intakes_raw",
                table: "intakes",
                column: "raw");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_proof_in",
                table: "commitments",
                column: "proof_in",
                filter: "proof_in IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_events_interaction",
                table: "commitment_events",
                column: "interaction",
                filter: "interaction IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attachments_blob",
                table: "attachments",
                column: "blob");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_judgements_interaction",
                table: "judgements");

            migrationBuilder.DropIndex(
                name: "ix_intakes_import_id",
                table: "intakes");

            migrationBuilder.DropIndex(
                name: "ix_intakes_raw",
                table: "intakes");

            migrationBuilder.DropIndex(
                name: "ix_commitments_proof_in",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitment_events_interaction",
                table: "commitment_events");

            migrationBuilder.DropIndex(
                name: "ix_attachments_blob",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "import",
                table: "intakes");

            migrationBuilder.DropColumn(
                name: "holder",
                table: "imports");
        }
    }
}
