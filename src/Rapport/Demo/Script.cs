namespace Rapport.Demo;

/// <summary>One kind of matter between people: who is in it and what they say, with variants and blanks to fill.</summary>
internal sealed class Script
{
    public required string Name { get; init; }
    public string Kind { get; set; } = "customer";
    public string Language { get; set; } = "en";
    public double Weight { get; set; } = 1;
    public int Most { get; set; } = int.MaxValue;
    public string? House { get; set; }

    /// <summary>"lifting" or "gate" where the words fit only such equipment.</summary>
    public string? Needs { get; set; }
    public string Subject { get; set; } = "";

    /// <summary>Only for machines: who it says it is, every how many days it writes, and to whom of ours.</summary>
    public string Sender { get; set; } = "";
    public double Every { get; set; }
    public string[] Boxes { get; set; } = [];
    public List<(string Name, string[] Functions)> Cast { get; } = [];
    public List<(string Name, int Weight)> Ends { get; } = [];
    public List<(string Name, int Least, int Most)> Dates { get; } = [];
    public List<Step> Steps { get; } = [];
}

/// <summary>One thing said: by whom, on which channel, when after the last, and with what consequence for promises.</summary>
internal sealed class Step
{
    public required string Speaker { get; init; }
    public DemoTalkKind? Talk { get; set; }
    public int Minutes { get; set; }
    public string When { get; set; } = "+0";
    public string[] To { get; set; } = [];
    public string[] Copies { get; set; } = [];
    public string? If { get; set; }
    public int Chance { get; set; } = 100;
    public string? Subject { get; set; }
    public bool Fresh { get; set; }
    public bool Plain { get; set; }
    public List<(string Kind, string Name)> Attachments { get; } = [];
    public List<(DemoOutcomeKind? Kind, string Promise, string? To)> Effects { get; } = [];
    public string Text { get; set; } = "";
}
