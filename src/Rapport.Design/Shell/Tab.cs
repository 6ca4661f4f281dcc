namespace Rapport.Design;

/// <summary>One of several pages beside each other, with how many wait there.</summary>
public sealed record Tab(string Text, string Href, bool Current = false, int? Count = null)
{
    /// <summary>Up to how many are counted; of more it says no more than that.</summary>
    public const int Counted = 99;
}
