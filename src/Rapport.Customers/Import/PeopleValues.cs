using System.Collections.Frozen;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Reads the values of the columns that hold one of a few words. Null means: not understood.</summary>
internal static class PeopleValues
{
    private static readonly FrozenSet<string> Yes = "yes y true 1 x ja j wahr oui o vrai si s verdadero waar v ✓ ✔ +".Split(' ').ToFrozenSet();
    private static readonly FrozenSet<string> No = "no n false 0 - nein falsch non faux nee onwaar".Split(' ').ToFrozenSet();

    private static readonly FrozenDictionary<string, Level> Levels = new Dictionary<Level, string>
    {
        [Level.Executive] = "executive,c-level,c level,cxo,board,director general,vorstand,geschaftsfuhrung,geschaftsleitung,direction,direction generale,direccion,ejecutivo,directie,bestuur,vp,owner,top",
        [Level.Management] = "management,manager,head,director,middle management,leitung,fuhrungskraft,abteilungsleitung,encadrement,cadre dirigeant,responsable,gerencia,mando,leidinggevend,leiding,middle",
        [Level.Professional] = "professional,expert,specialist,senior,fachkraft,experte,spezialist,cadre,professionnel,profesional,especialista,professioneel,individual contributor",
        [Level.Operational] = "operational,staff,operator,assistant,entry,junior,sachbearbeitung,mitarbeiter,operativ,operationnel,employe,operativo,empleado,operationeel,medewerker",
    }.SelectMany(pair => pair.Value.Split(',').Select(word => (word, pair.Key))).ToFrozenDictionary(pair => pair.word, pair => pair.Key);

    public static bool? YesNo(string value)
    {
        var folded = TextFold.Fold(value);
        return Yes.Contains(folded) ? true : No.Contains(folded) ? false : null;
    }

    public static Tier? TierOf(string value)
    {
        var folded = TextFold.Fold(value).Trim();
        if (folded is "" or "none" or "-" or "keine" or "aucun" or "aucune" or "ninguno" or "geen") return Tier.None;
        var letter = folded.Length == 1 ? folded : folded.Split(' ', '-', ':')[^1];
        return letter switch { "a" => Tier.A, "b" => Tier.B, "c" => Tier.C, _ => null };
    }

    public static Level? LevelOf(string value) => Levels.TryGetValue(TextFold.Fold(value).Trim(), out var level) ? level : null;
}
