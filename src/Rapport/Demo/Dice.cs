using System.Text;

namespace Rapport.Demo;

/// <summary>The one source of chance: a seeded generator whose sequence never changes, so that a demo can be shown again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014): tiny, and the same on every platform and version.</summary>
    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int limit) => (int)(Next() % (ulong)limit);
    public int Between(int least, int most) => least + Below(most - least + 1);
    public double Fraction() => (Next() >> 11) / (double)(1UL << 53);
    public double Between(double least, double most) => least + (Fraction() * (most - least));
    public bool Chance(double share) => Fraction() < share;
    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public T Weighted<T>(IReadOnlyList<T> from, Func<T, double> weight)
    {
        var at = Fraction() * from.Sum(weight);
        foreach (var each in from)
            if ((at -= weight(each)) < 0) return each;
        return from[^1];
    }

    /// <summary>A generator of its own for one matter, so that a change in one corner leaves the others as they were.</summary>
    public static Dice For(int seed, string matter)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var b in Encoding.UTF8.GetBytes(matter)) hash = (hash ^ b) * 1099511628211UL;
        return new Dice(hash);
    }
}
