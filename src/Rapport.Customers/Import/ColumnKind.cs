namespace Rapport.Customers.Import;

/// <summary>What a column of an imported table holds. The names are stored in remembered mappings: they stay.</summary>
public enum ColumnKind
{
    /// <summary>Not imported.</summary>
    Ignore,
    /// <summary>The whole name of a person.</summary>
    FullName,
    /// <summary>Given name.</summary>
    Given,
    /// <summary>Names between given and family name.</summary>
    Middle,
    /// <summary>Family name.</summary>
    Family,
    /// <summary>Form of address or academic title.</summary>
    Honorific,
    /// <summary>What follows the name: Jr., PhD.</summary>
    Suffix,
    /// <summary>The organisation's name.</summary>
    Organization,
    /// <summary>Unit or department within the organisation.</summary>
    Department,
    /// <summary>Job title.</summary>
    Title,
    /// <summary>Level of the person: executive, management, professional, operational.</summary>
    Level,
    /// <summary>E-mail addresses, one or several.</summary>
    Email,
    /// <summary>Telephone numbers, one or several.</summary>
    Phone,
    /// <summary>Street and number, or the whole address.</summary>
    Street,
    /// <summary>House number, where it stands apart.</summary>
    HouseNumber,
    /// <summary>Postcode.</summary>
    Postcode,
    /// <summary>Town.</summary>
    City,
    /// <summary>State, province, county.</summary>
    Region,
    /// <summary>Country.</summary>
    Country,
    /// <summary>Web address.</summary>
    Website,
    /// <summary>The organisation's domain.</summary>
    Domain,
    /// <summary>Language to write in.</summary>
    Language,
    /// <summary>Free words.</summary>
    Note,
    /// <summary>Since when they are a customer.</summary>
    CustomerSince,
    /// <summary>Who of us is accountable: an e-mail address or a name.</summary>
    Owner,
    /// <summary>A, B, C or none.</summary>
    Tier,
    /// <summary>Whether they pay.</summary>
    Payer,
    /// <summary>The person's id in the system that the file came from.</summary>
    PersonKey,
    /// <summary>The organisation's id in the system that the file came from.</summary>
    OrganizationKey,
    /// <summary>Labels, parted by commas or semicolons.</summary>
    Tags,
}
