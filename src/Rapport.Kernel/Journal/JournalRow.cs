using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Kernel.Journal;

/// <summary>One line of the journal. The chain runs over hashes; what was changed stands beside it and can be erased without breaking it.</summary>
internal sealed class JournalRow
{
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public MemberId By { get; init; }
    public string ByName { get; init; } = "";
    public string Deed { get; init; } = "";
    public string Subject { get; init; } = "";
    public byte[] ContentHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    /// <summary>SHA-256 over the hash before, everything in this line but names, and the hash of its content.</summary>
    public static byte[] Chain(byte[] before, long seq, DateTimeOffset at, MemberId by, string deed, string subject, byte[] contentHash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        sha.AppendData(before);
        BinaryPrimitives.WriteInt64BigEndian(number, seq);
        sha.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, at.UtcTicks / TimeSpan.TicksPerMicrosecond);
        sha.AppendData(number);
        sha.AppendData(by.Value.ToByteArray(bigEndian: true));
        Append(sha, deed);
        Append(sha, subject);
        sha.AppendData(contentHash);
        return sha.GetHashAndReset();
    }

    // Length first, so that no two different lines can be read as the same bytes.
    private static void Append(IncrementalHash sha, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        sha.AppendData(BitConverter.GetBytes(bytes.Length));
        sha.AppendData(bytes);
    }
}

/// <summary>What a line of the journal says in full: before and after. Erased with the person it is about.</summary>
internal sealed class JournalContent
{
    public long Seq { get; init; }
    public string Content { get; init; } = "";
}

internal sealed class JournalTable : IEntityTypeConfiguration<JournalRow>, IEntityTypeConfiguration<JournalContent>
{
    public void Configure(EntityTypeBuilder<JournalRow> builder)
    {
        builder.ToTable("journal");
        builder.HasKey(j => j.Seq);
        builder.Property(j => j.Seq).ValueGeneratedNever();
        builder.HasIndex(j => j.Subject);
    }

    public void Configure(EntityTypeBuilder<JournalContent> builder)
    {
        builder.ToTable("journal_contents");
        builder.HasKey(j => j.Seq);
        builder.Property(j => j.Seq).ValueGeneratedNever();
    }
}
