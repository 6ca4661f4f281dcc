namespace Rapport.Customers.Import;

/// <summary>What a row may say of somebody, so that a later row of the same file does not say otherwise.</summary>
internal enum Claim
{
    Person,
    Name,
    Owner,
    Tier,
    Payer,
    Since,
}

/// <summary>What the rows so far have said of whom: the first row that speaks of a thing decides it, so the same file again changes nothing.</summary>
internal sealed class Claims
{
    private readonly HashSet<(ulong, Claim)> _taken = [];

    /// <summary>True the first time.</summary>
    public bool Take(PartyId party, Claim claim) => _taken.Add((Short(party), claim));

    public bool IsTaken(PartyId party, Claim claim) => _taken.Contains((Short(party), claim));

    // The random half of the id.
    private static ulong Short(PartyId party)
    {
        Span<byte> bytes = stackalloc byte[16];
        party.Value.TryWriteBytes(bytes);
        return BitConverter.ToUInt64(bytes[8..]);
    }
}

/// <summary>What one row made and did, in words.</summary>
internal sealed class Touch
{
    public List<string> Made { get; } = [];
    public List<string> Done { get; } = [];
}
