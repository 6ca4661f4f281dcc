using Microsoft.AspNetCore.Components;

namespace Rapport.Design;

/// <summary>What every input shares. Inside a Field it takes name, id and description from there; alone it needs a Name and a label of its own.</summary>
public abstract class InputPart : Part
{
    /// <summary>The field around it.</summary>
    [CascadingParameter] public FieldContext? Field { get; set; }

    /// <summary>The name it is posted under; the field's when null.</summary>
    [Parameter] public string? Name { get; set; }

    /// <summary>What it holds when the page is shown.</summary>
    [Parameter] public string? Value { get; set; }

    /// <summary>The name it is posted under, from whichever side it came.</summary>
    protected string? PostedName => Name ?? Field?.Name;

    /// <summary>The attributes that tie the input to its field. Pass-through attributes come later and win.</summary>
    protected Dictionary<string, object> Wiring()
    {
        var wiring = new Dictionary<string, object>();
        if (PostedName is { } name) wiring["name"] = name;
        if (Field is not null && (Name is null || Name == Field.Name)) wiring["id"] = Field.Id;
        if (Field?.DescribedBy is { } described) wiring["aria-describedby"] = described;
        // What is wrong is where one goes on typing; of several the browser takes the first.
        if (Field is { Invalid: true }) (wiring["aria-invalid"], wiring["autofocus"]) = ("true", true);
        if (Field is { Required: true }) wiring["required"] = true;
        foreach (var (key, value) in Rest ?? new Dictionary<string, object>()) wiring[key] = value;
        return wiring;
    }
}
