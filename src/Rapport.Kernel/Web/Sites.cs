using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Kernel.Web;

/// <summary>Where this installation is found; the defaults run with nothing set.</summary>
public sealed record SiteOptions
{
    /// <summary>The address by which customers reach it, for links that leave the house; empty for the one that the caller uses.</summary>
    public string Address { get; init; } = "";

    internal string? Wrong =>
        Address.Length > 0 && !(Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http") ? $"Address is {Address}; write an address like https://rapport.example.com." : null;
}

/// <summary>Where people find this installation.</summary>
public static class Sites
{
    /// <summary>Where people outside find it, without a path: links in mails begin with it.</summary>
    public static string Site(this HttpContext http) => http.RequestServices.GetRequiredService<SiteOptions>() is { Address.Length: > 0 } set ? set.Address.TrimEnd('/') : http.SiteOfCaller();

    /// <summary>The address that the caller used, without a path: they come back to where they are signed in.</summary>
    public static string SiteOfCaller(this HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
