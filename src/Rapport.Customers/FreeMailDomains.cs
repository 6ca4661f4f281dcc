using System.Collections.Frozen;

namespace Rapport.Customers;

/// <summary>Domains where anybody can have a mailbox: sharing one says nothing about sharing an employer.</summary>
public static class FreeMailDomains
{
    // Brands that exist under many endings: yahoo.co.jp, hotmail.fr, gmx.at. Only with an ending of a country or com/net/org.
    private static readonly FrozenSet<string> Brands =
        "yahoo ymail rocketmail hotmail outlook live msn gmx googlemail gmail yandex proton protonmail tutanota mailinator gmx tiscali vodafone freenet arcor"
            .Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Known = """
        aim.com aol.com aol.de aol.fr aol.co.uk att.net bellsouth.net bigpond.com bigpond.net.au blueyonder.co.uk bluewin.ch bol.com.br bt.com btinternet.com btopenworld.com
        cableone.net centrum.cz centurylink.net charter.net chello.at chello.nl citromail.hu club-internet.fr comcast.net cox.net daum.net duck.com
        earthlink.net email.cz email.com email.de eircom.net embarqmail.com fastmail.com fastmail.fm free.fr freemail.hu freenet.de frontier.com frontiernet.net
        globo.com googlemail.com gmx.net hanmail.net hey.com home.nl hotmail.com hushmail.com hispeed.ch icloud.com ig.com.br iinet.net.au inbox.com inbox.lv inbox.ru indiatimes.com interia.pl internode.on.net
        juno.com kabelmail.de kakao.com kpnmail.nl kpnplanet.nl laposte.net libero.it list.ru live.com lycos.com
        mac.com mail.bg mail.com mail.de mail.ee mail.ru mail2world.com mailbox.org mailfence.com mchsi.com me.com mindspring.com msn.com mundo-r.com mweb.co.za
        naver.com nate.com neuf.fr netcologne.de netcourrier.com netscape.net netzero.net nifty.com nokiamail.com ntlworld.com numericable.fr
        o2.co.uk o2.pl o2online.de online.de online.no onet.eu onet.pl op.pl openmailbox.org optimum.net optonline.net optusnet.com.au orange.fr orange.net outlook.com ozemail.com.au
        planet.nl pm.me pobox.com poczta.onet.pl posteo.de posteo.net post.cz proton.me protonmail.ch prodigy.net.mx qq.com vip.qq.com foxmail.com quicknet.nl
        rambler.ru rediffmail.com roadrunner.com rogers.com runbox.com sapo.pt sbcglobal.net sfr.fr seznam.cz shaw.ca sina.com sina.cn sky.com skynet.be sohu.com spray.se startmail.com suddenlink.net sunrise.ch swissonline.ch sympatico.ca
        t-online.de talk21.com talktalk.net telefonica.net telenet.be telia.com telkomsa.net telus.net terra.com.br terra.es tin.it tele2.nl tutamail.com tuta.com tuta.io tom.com
        ukr.net uol.com.br ua.fm upcmail.nl usa.net verizon.net videotron.ca virgilio.it virgin.net virginmedia.com vtr.net volny.cz
        wanadoo.fr wanadoo.es wanadoo.nl walla.co.il walla.com web.de windowslive.com windstream.net wp.pl worldonline.nl wow.com xs4all.nl xtra.co.nz
        ya.ru yandex.ru yeah.net 126.com 139.com 163.com 163.net 188.com 189.cn 21cn.com aliyun.com ziggo.nl zoho.com zohomail.com zonnet.nl
        abv.bg alice.it bezeqint.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp au.com ocn.ne.jp so-net.ne.jp biglobe.ne.jp plala.or.jp excite.co.jp excite.com
        caramail.com cegetel.net aliceadsl.fr bbox.fr arnet.com.ar fibertel.com.ar speedy.com.ar ciudad.com.ar une.net.co latinmail.com
        singnet.com.sg starhub.net.sg netvigator.com hinet.net pchome.com.tw seed.net.tw hotmail.it inwind.it iol.it teletu.it fastwebnet.it poste.it email.it
        online.ua i.ua bigmir.net meta.ua tut.by mail.by bk.ru internet.ru otenet.gr forthnet.gr in.gr azet.sk zoznam.sk centrum.sk pobox.sk
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet();

    /// <summary>Whether the domain (of an address, lower case ASCII) is a free-mail or internet provider's one.</summary>
    public static bool Contains(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (Known.Contains(domain)) return true;
        var dot = domain.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return false;
        var ending = domain.AsSpan(dot + 1);
        var isEnding = ending is "com" or "net" or "org" || ending.Length == 2 || RegistrableDomain.IsSuffix(ending.ToString());
        return isEnding && Brands.Contains(domain[..dot]) || Known.Contains(RegistrableDomain.Of(domain));
    }
}
