using System.Runtime.InteropServices;

namespace Rapport.Customers.Import;

/// <summary>What a row may say of somebody, so that a later row of the same file does not say otherwise.</summary>
[Flags]
internal enum Claim : byte
{
    None = 0,
    Person = 1,
    Name = 2,
    Owner = 4,
    Tier = 8,
    Payer = 16,
    Since = 32,
}

/// <summary>What the rows so far have said of whom: the first row that speaks of a thing decides it, so the same file again changes nothing.</summary>
internal sealed class Claims
{
    private readonly Dictionary<ulong, Claim> _taken = [];
    private readonly List<(ulong Party, Claim Claim)> _unsettled = [];

    /// <summary>True the first time.</summary>
    public bool Take(PartyId party, Claim claim)
    {
        var key = Short(party);
        ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, key, out _);
        if (taken.HasFlag(claim)) return false;
        taken |= claim;
        _unsettled.Add((key, claim));
        return true;
    }

    public bool IsTaken(PartyId party, Claim claim) => _taken.TryGetValue(Short(party), out var taken) && taken.HasFlag(claim);

    /// <summary>What was taken so far stays.</summary>
    public void Settle() => _unsettled.Clear();

    /// <summary>What was taken since is free again.</summary>
    public void TakeBack()
    {
        foreach (var (party, claim) in _unsettled) _taken[party] &= ~claim;
        _unsettled.Clear();
    }

    // The random half of the id.
    private static ulong Short(PartyId party)
    {
        Span<byte> bytes = stackalloc byte[16];
        party.Value.TryWriteBytes(bytes);
        return BitConverter.ToUInt64(bytes[8..]);
    }
}
