using Microsoft.AspNetCore.Http;

namespace Rapport.Kernel.Web;

/// <summary>Where people outside find this installation.</summary>
public static class Sites
{
    /// <summary>The address that the caller used, without a path: links in mails begin with it.</summary>
    public static string Site(this HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
