namespace Rapport.Design;

/// <summary>One of several pages beside each other, with how many wait there.</summary>
public sealed record Tab(string Text, string Href, bool Current = false, int? Count = null);
