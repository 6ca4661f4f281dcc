using Microsoft.AspNetCore.Components;

namespace Rapport.Design;

/// <summary>What every component of the look shares: further classes, and attributes passed through to its outermost element.</summary>
public abstract class Part : ComponentBase
{
    /// <summary>Further classes for the outermost element; utilities such as <c>stack</c> or <c>muted</c>.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Attributes that are not parameters; they go to the outermost element, or to the input of a form part.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Rest { get; set; }

    /// <summary>Joins those names that are given, then <see cref="Class"/>; null when nothing is left, so that no empty attribute is written.</summary>
    protected string? Classes(params ReadOnlySpan<string?> names)
    {
        var all = string.Join(' ', names.ToArray().Append(Class).Where(name => !string.IsNullOrEmpty(name)));
        return all.Length == 0 ? null : all;
    }
}
