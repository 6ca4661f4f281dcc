using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AddVerdicts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "disagreed_at",
                table: "commitments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "verdict",
                table: "commitments",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "verdict_words",
                table: "commitments",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "recipient",
                table: "commitment_events",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "verdict",
                table: "commitment_events",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner",
                table: "commitments",
                column: "owner",
                filter: "disagreed_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_commitments_owner",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "disagreed_at",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "verdict",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "verdict_words",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "recipient",
                table: "commitment_events");

            migrationBuilder.DropColumn(
                name: "verdict",
                table: "commitment_events");
        }
    }
}
