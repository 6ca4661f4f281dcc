using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TeamHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "business_hours",
                table: "teams",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "country",
                table: "teams",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<List<DateOnly>>(
                name: "extra_holidays",
                table: "teams",
                type: "date[]",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "zone",
                table: "teams",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "business_hours",
                table: "teams");

            migrationBuilder.DropColumn(
                name: "country",
                table: "teams");

            migrationBuilder.DropColumn(
                name: "extra_holidays",
                table: "teams");

            migrationBuilder.DropColumn(
                name: "zone",
                table: "teams");
        }
    }
}
