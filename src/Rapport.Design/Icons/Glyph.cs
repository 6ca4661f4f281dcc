namespace Rapport.Design;

#pragma warning disable CS1591 // Each is called what it shows.
/// <summary>The pictures of the look. Each stands beside a word or carries a label.</summary>
public enum Glyph
{
    // Where one goes.
    Today, Customers, Conversations, Promise, Find, Record, Settings, Member, Import, Export,

    // Whom one meets.
    Person, Organisation, Star, Key, Quiet, Lock,

    // How one speaks.
    Mail, Phone, Visit, Meeting, Chat, Note, Letter, Web,

    // What one does.
    Add, Reply, Write, Print, Check, Snooze, Undo, Archive, Link, Attachment, Handover, Filter, Trash,

    // What one is told.
    Clock, Calendar, Warning, Question, Info, Brief, Globe, Eye,

    // The furniture.
    Menu, More, Close, Left, Right, Up, Down, Open, Fold, Sun, Moon,
}
