namespace Rapport.Commitments.Reading;

/// <summary>What a sentence can show that speaks for or against a promise, in any language. A language's file says by which words; weights.txt says how much each weighs.</summary>
internal static class Feature
{
    private static readonly string[] Kinds = ["call back", "document", "answer", "price", "date", "action", "behaviour"];

    /// <summary>Their names: the first words of the lines of a language's file, and those that no words stand for.</summary>
    public static readonly string[] Names =
    [
        "any sentence", "nobody speaks of what they will do", "no verb that is known", "a question", "somebody else's words", "a date ahead", "a date without a day",
        "core will", "core letting", "core you get", "core vow", "core ours", "core done", "core in short", "core doing", "core present",
        "act", .. Kinds.Select(k => "act " + k),
        "light verb", "verb of taking", "verb of being", "verb of need", "verb of mind", "verb of speech", "verb of absence",
        "cue hearer", "cue not", "cue condition", "cue courtesy", "cue asking for word", "cue offer", "cue wish", "cue doubt", "cue opinion", "cue report", "cue enclosed", "cue habit", "cue request",
    ];

    public static readonly int Any = Of("any sentence"), NoCore = Of("nobody speaks of what they will do"), NoVerb = Of("no verb that is known"),
        Question = Of("a question"), Quoted = Of("somebody else's words"), Dated = Of("a date ahead"), Vague = Of("a date without a day"),
        Act = Of("act"), FirstCore = Of("core will"), Get = Of("core you get"), Done = Of("core done"), Vow = Of("core vow"), Ours = Of("core ours"), InShort = Of("core in short"), LastCore = Of("core present"), FirstAct = Of("act call back"), LastVerb = Of("verb of absence"),
        Not = Of("cue not"), FirstCue = Of("cue hearer"), Courtesy = Of("cue courtesy"), Light = Of("light verb");

    /// <summary>The number of a name. Throws <see cref="FormatException"/> for one there is not.</summary>
    public static int Of(string name) => Array.IndexOf(Names, name) is >= 0 and var at ? at : throw new FormatException($"There is no feature \"{name}\".");

    public static bool IsCore(int feature) => feature >= FirstCore && feature <= LastCore;

    /// <summary>Of these a verb follows: one that the grammar does not know is an act all the same as a rule.</summary>
    public static bool LeadsToVerb(int core) => core == FirstCore || core == Ours || core == InShort;

    /// <summary>An act, or another verb that says what "I will" leads to.</summary>
    public static bool IsVerb(int feature) => feature >= FirstAct && feature <= LastVerb;

    public static bool IsAct(int feature) => feature >= FirstAct && feature < Light;

    /// <summary>What kind of promise an act makes.</summary>
    public static PromiseKind KindOf(int act) => (act - FirstAct) switch
    {
        0 => PromiseKind.CallBack, 1 => PromiseKind.Document, 2 => PromiseKind.Answer, 3 => PromiseKind.Price, 4 => PromiseKind.Date, 6 => PromiseKind.Behaviour, _ => PromiseKind.Action,
    };
}
