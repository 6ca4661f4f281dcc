using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Blobs;

/// <summary>Bytes stored once under their SHA-256, compressed where that helps: raw mail, attachments, uploaded files.</summary>
public sealed class Blob
{
    private Blob() { }

    /// <summary>SHA-256 of the bytes.</summary>
    public byte[] Hash { get; private init; } = [];
    /// <summary>Length of the bytes as they were given.</summary>
    public long Size { get; private init; }
    /// <summary>Whether <see cref="Stored"/> is Brotli.</summary>
    public bool Compressed { get; private init; }
    /// <summary>The bytes as they lie in the database.</summary>
    public byte[] Stored { get; private init; } = [];

    /// <summary>A blob of these bytes.</summary>
    public static Blob Of(ReadOnlySpan<byte> bytes)
    {
        var hash = SHA256.HashData(bytes);
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        try
        {
            // Quality 1: mail shrinks to a third at a cost below that of writing it.
            var smaller = BrotliEncoder.TryCompress(bytes, room, out var written, quality: 1, window: 18) && written < bytes.Length * 9L / 10;
            return new() { Hash = hash, Size = bytes.Length, Compressed = smaller, Stored = smaller ? room[..written] : bytes.ToArray() };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The bytes as they were given.</summary>
    public byte[] Open()
    {
        if (!Compressed) return Stored;
        var bytes = new byte[Size];
        return BrotliDecoder.TryDecompress(Stored, bytes, out var written) && written == Size ? bytes : throw new InvalidDataException("A stored blob cannot be read back.");
    }
}

internal sealed class BlobTable : IEntityTypeConfiguration<Blob>
{
    public void Configure(EntityTypeBuilder<Blob> builder)
    {
        builder.ToTable("blobs");
        builder.HasKey(b => b.Hash);
    }
}

/// <summary>How to reach the blobs.</summary>
public static class BlobQueries
{
    /// <summary>The bytes under a hash, or null.</summary>
    public static async Task<byte[]?> OpenBlobAsync(this RapportDb db, byte[] hash, CancellationToken ct) =>
        (await db.Set<Blob>().AsNoTracking().SingleOrDefaultAsync(b => b.Hash == hash, ct))?.Open();

    /// <summary>The bytes under several hashes, each by its hash in hexadecimal; those that are not there are absent.</summary>
    public static async Task<Dictionary<string, byte[]>> OpenBlobsAsync(this RapportDb db, IReadOnlyCollection<byte[]> hashes, CancellationToken ct) =>
        (await db.Set<Blob>().AsNoTracking().Where(b => EF.Parameter(hashes).Contains(b.Hash)).ToListAsync(ct)).ToDictionary(b => Convert.ToHexString(b.Hash), b => b.Open());

    /// <summary>Adds the bytes to what the next save stores, unless they are stored already. Returns their hash.</summary>
    public static async Task<byte[]> StoreBlobAsync(this RapportDb db, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var blob = Blob.Of(bytes.Span);
        var known = db.Set<Blob>().Local.Any(b => b.Hash.AsSpan().SequenceEqual(blob.Hash)) || await db.Set<Blob>().AnyAsync(b => b.Hash == blob.Hash, ct);
        if (!known) db.Add(blob);
        return blob.Hash;
    }
}
