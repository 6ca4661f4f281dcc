using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Web;

/// <summary>Versions of records as ETags (RFC 9110): who changes a record says which version they saw.</summary>
public static class ETags
{
    /// <summary>Says which version is being answered.</summary>
    public static void WriteVersion(this HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>Refuses with 412 when <c>If-Match</c> names another version than the record has. Without the header, or with <c>*</c>, the last writer wins.</summary>
    public static Refusal? CheckVersion(this HttpContext http, IVersioned record)
    {
        var wanted = http.Request.GetTypedHeaders().IfMatch;
        if (wanted.Count == 0 || wanted.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == $"\"{record.Version}\"")) return null;
        return Refusal.Stale("changed.meanwhile", "Somebody else changed this in the meantime. Read it again, then repeat your change with the new ETag.");
    }
}
