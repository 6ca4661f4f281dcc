namespace Rapport.Design;

/// <summary>One bar or point: its word, its height, and the height as people say it ("86 %", "3 h").</summary>
public sealed record ChartPoint(string Label, double Value, string? Said = null);
