using System.Text.Json;
using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>What a generated database holds; it lies beside it as <c>bench.json</c>. From it alone everything in the database can be imagined again.</summary>
/// <param name="Parties">Persons and organisations.</param>
/// <param name="Interactions">Things said.</param>
/// <param name="Until">The moment of the last of them.</param>
/// <param name="Conversations">About so many conversations they make; 0 for one in five and a half interactions.</param>
/// <param name="Commitments">About so many commitments are made in them; 0 for one in fifty interactions.</param>
internal sealed record Plan(int Parties, int Interactions, DateTimeOffset Until, int Conversations = 0, int Commitments = 0)
{
    /// <summary>Everybody's password, which only a database full of invented people may have.</summary>
    public const string Password = "a thousand made up people";

    public const int Years = 8;

    /// <summary>What lengths of conversations beyond the first message are spread around, most of them shorter.</summary>
    public double Length => Conversations == 0 ? 5 : 1 / Math.Log(1 + 1 / ((double)Interactions / Conversations - 1));

    /// <summary>In one of so many things said something is promised.</summary>
    public int PromiseEvery => Commitments == 0 ? 50 : Math.Max(1, Interactions / Commitments);

    /// <summary>The moment of the first thing said.</summary>
    public DateTimeOffset Since => Until.AddYears(-Years);

    /// <summary>The address of the member who answers for more customers than anybody else.</summary>
    public static string Star => Cast.EmailOf(0);

    public static Plan Read(string folder) =>
        File.Exists(PathIn(folder)) ? JsonSerializer.Deserialize<Plan>(File.ReadAllText(PathIn(folder)))! : throw new BenchException($"{folder} holds no generated database; make one with: generate --parties 10000 --interactions 100000 --out {folder}");

    public void Write(string folder) => File.WriteAllText(PathIn(folder), JsonSerializer.Serialize(this));

    private static string PathIn(string folder) => Path.Combine(folder, "bench.json");
}

/// <summary>Something a person who measures should read.</summary>
internal sealed class BenchException(string message) : Exception(message);

/// <summary>What chance decides about. Each matter has its own, so that anything can be imagined again without what came before it.</summary>
internal enum Matter { Organization, Person, Relationship, Life, Message, Commitment, Conversation, Pool, Mail, Row, Ask, Step }

internal static class Chance
{
    public static Dice Of(Matter matter, long number) => new((ulong)number * 0xD1342543DE82EF95 + (((ulong)matter + 1) << 56));

    /// <summary>A number below the limit, small ones far more often: of 100,000 the first is met once in a hundred times.</summary>
    public static int Skewed(this Dice dice, int limit, double flat) =>
        Math.Min(limit - 1, (int)(flat * (Math.Pow((limit / flat) + 1, dice.Fraction()) - 1)));

    /// <summary>An id that sorts by the moment it stands for and is the same whenever it is made.</summary>
    public static Guid Id(Matter matter, long number, DateTimeOffset at)
    {
        var dice = Of(matter, number);
        var (milliseconds, high, low) = ((ulong)at.ToUnixTimeMilliseconds(), dice.Next(), dice.Next());
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (high & 0xFFF));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (low >> 2));
        return new(bytes, bigEndian: true);
    }
}
