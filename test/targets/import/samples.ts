/** Files as other scanners write them, by the name that the registry gives to their form. */
export const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  nmapXml: [
    // nmap 7.93 -sT -sV -oX, shortened.
    `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>
<!-- Nmap 7.93 scan initiated Sun Nov 22 19:02:06 2026 as: nmap -sT -sV -&#45;version-light -oX scan.xml mail.example -->
<nmaprun scanner="nmap" args="nmap -sT -sV -&#45;version-light -oX scan.xml mail.example" start="1795374126" startstr="Sun Nov 22 19:02:06 2026" version="7.93" xmloutputversion="1.05">
<scaninfo type="connect" protocol="tcp" numservices="3" services="18025-18026,18443"/>
<verbose level="0"/>
<debugging level="0"/>
<hosthint><status state="up" reason="unknown-response" reason_ttl="0"/>
<address addr="192.0.2.7" addrtype="ipv4"/>
<hostnames>
<hostname name="hint.example" type="user"/>
</hostnames>
</hosthint>
<host starttime="1795374126" endtime="1795374143"><status state="up" reason="user-set" reason_ttl="0"/>
<address addr="192.0.2.7" addrtype="ipv4"/>
<address addr="00:00:5E:00:53:07" addrtype="mac" vendor="Example &amp; Sons"/>
<hostnames>
<hostname name="mail.example" type="user"/>
<hostname name="host7.isp.example" type="PTR"/>
</hostnames>
<ports><extraports state="filtered" count="2"><extrareasons reason="no-response" count="2" proto="tcp" ports="1-2"/></extraports>
<port protocol="tcp" portid="18025"><state state="open" reason="syn-ack" reason_ttl="0"/><service name="smtp" product="Postfix smtpd" hostname=" mail.example" method="probed" conf="10"><cpe>cpe:/a:postfix:postfix</cpe></service></port>
<port protocol="tcp" portid="18026"><state state="closed" reason="conn-refused" reason_ttl="0"/></port>
<port protocol="udp" portid="53"><state state="open" reason="udp-response" reason_ttl="64"/><service name="domain" method="table" conf="3"/></port>
<port protocol="tcp" portid="18443"><state state="open" reason="syn-ack" reason_ttl="0"/><service name="http" product="nginx" tunnel="ssl" method="probed" conf="10"><cpe>cpe:/a:igor_sysoev:nginx</cpe></service><script id="ssl-cert" output="Subject: commonName=x&#xa;host"><table key="subject"><elem key="commonName">x</elem></table></script></port>
</ports>
<times srtt="142" rttvar="2868" to="100000"/>
</host>
<host starttime="1795374144" endtime="1795374144"><status state="up" reason="user-set" reason_ttl="0"/>
<address addr="2001:db8::1" addrtype="ipv6"/>
<hostnames>
</hostnames>
<ports><port protocol="tcp" portid="143"><state state="open" reason="syn-ack" reason_ttl="0"/><service name="imap" method="table" conf="3"/></port>
<port protocol="tcp" portid="6666"><state state="open" reason="syn-ack" reason_ttl="0"/><service name="irc" method="table" conf="3"/></port>
</ports>
</host>
<runstats><finished time="1795374144" timestr="Sun Nov 22 19:02:24 2026" summary="Nmap done at Sun Nov 22 19:02:24 2026; 2 IP addresses (2 hosts up) scanned in 17.47 seconds" elapsed="17.47" exit="success"/><hosts up="2" down="0" total="2"/>
</runstats>
</nmaprun>
`,
    // masscan 1.3.2 -oX.
    `<?xml version="1.0"?>
<!-- masscan v1.0 scan -->
<nmaprun scanner="masscan" start="1795374126" version="1.0-BETA"  xmloutputversion="1.03">
<scaninfo type="syn" protocol="tcp" />
<host endtime="1795374127"><address addr="192.0.2.8" addrtype="ipv4"/><ports><port protocol="tcp" portid="443"><state state="open" reason="syn-ack" reason_ttl="54"/></port></ports></host>
<host endtime="1795374128"><address addr="192.0.2.8" addrtype="ipv4"/><ports><port protocol="tcp" portid="8443"><state state="open" reason="response" reason_ttl="54" /><service name="ssl" banner="TLS/1.2 cipher:0xc02f"></service></port></ports></host>
<runstats>
<finished time="1795374130" timestr="2026-11-22 19:02:10" elapsed="4" />
<hosts up="1" down="0" total="1" />
</runstats>
</nmaprun>
`,
  ],
  nmapGrepable: [
    // nmap 7.93 -sT -sV -oG.
    `# Nmap 7.93 scan initiated Sun Nov 22 19:02:06 2026 as: nmap -sT -sU -sV -oG scan.gnmap mail.example
Host: 192.0.2.7 (host7.isp.example)\tStatus: Up
Host: 192.0.2.7 (host7.isp.example)\tPorts: 18025/open/tcp//smtp//Postfix, the smtpd/, 18026/closed/tcp/////, 53/open/udp//domain///, 143/open/tcp//imap///, 6666/open/tcp//irc///, 18443/open/tcp//ssl|http//nginx/\tIgnored State: filtered (2)
Host: 2001:db8::1 ()\tPorts: 443/open/tcp//https///
# Nmap done at Sun Nov 22 19:02:24 2026 -- 2 IP addresses (2 hosts up) scanned in 17.47 seconds
`,
    // masscan 1.3.2 -oG.
    `# Masscan 1.3.2 scan initiated Sun Nov 22 19:02:06 2026
# Ports scanned: TCP(1;443-443,) UDP(0;) SCTP(0;) PROTOCOLS(0;)
Timestamp: 1795374127\tHost: 192.0.2.8 ()\tPorts: 443/open/tcp//https//
Host: 192.0.2.8 ()\tPort: 443\tService: ssl\tBanner: TLS/1.2 cipher:0xc02f
# Masscan done at Sun Nov 22 19:02:10 2026
`,
  ],
  masscanJson: [
    // 1.3.2 -oJ.
    `[
{   "ip": "192.0.2.8",   "timestamp": "1795374127", "ports": [ {"port": 443, "proto": "tcp", "status": "open", "reason": "syn-ack", "ttl": 54} ] }
,
{   "ip": "192.0.2.8",   "timestamp": "1795374127", "ports": [ {"port": 8025, "proto": "tcp", "service": {"name": "smtp", "banner": "220 \\u0022{[ mail.example"} } ] }
,
{   "ip": "192.0.2.9",   "timestamp": "1795374127", "ports": [ {"port": 53, "proto": "udp", "status": "open", "reason": "none", "ttl": 54} ] }
,
{   "ip": "2001:db8::1",   "timestamp": "1795374127", "ports": [ {"port": 25, "proto": "tcp", "status": "closed", "reason": "rst-ack", "ttl": 54} ] }
]
`,
    // -oD.
    `{"ip":"192.0.2.8","timestamp":"1795374127","port":443,"proto":"tcp","rec_type":"status","data":{"status":"open","reason":"syn-ack","ttl":54}}
{"ip":"192.0.2.8","timestamp":"1795374127","port":8443,"proto":"tcp","rec_type":"banner","data":{"service_name":"X509","banner":"MIIB"}}
`,
  ],
  masscanList: [
    `#masscan
open tcp 443 192.0.2.8 1795374127
closed tcp 25 192.0.2.8 1795374127
open udp 53 192.0.2.8 1795374127
banner tcp 8025 192.0.2.8 1795374127 smtp 220 mail.example ESMTP
open tcp 443 2001:db8::1 1795374127
# end
`,
  ],
  zmapCsv: [
    `saddr
192.0.2.8
192.0.2.9
`,
    `saddr,sport,classification,success,repeat
192.0.2.8,443,synack,1,0
192.0.2.9,443,rst,0,0
192.0.2.10,25,synack,1,0
`,
  ],
  httpxJson: [
    `{"timestamp":"2026-11-22T19:02:06.1Z","port":"443","url":"https://shop.example","input":"shop.example","title":"Shop {","scheme":"https","webserver":"nginx","content_type":"text/html","method":"GET","host":"192.0.2.8","path":"/","a":["192.0.2.8","192.0.2.9"],"tech":["Nginx"],"words":1,"lines":1,"status_code":200,"content_length":2,"failed":false}
{"timestamp":"2026-11-22T19:02:06.2Z","port":"80","url":"http://old.example","input":"old.example","scheme":"http","host":"192.0.2.9","a":["192.0.2.9"],"status_code":200,"failed":false}
{"timestamp":"2026-11-22T19:02:06.3Z","port":"8443","url":"https://192.0.2.10:8443","input":"192.0.2.10","scheme":"https","host":"192.0.2.10","status_code":404,"failed":false}
{"timestamp":"2026-11-22T19:02:06.4Z","port":"8443","url":"https://new.example:8443/x","input":"new.example","scheme":"https","host":"new.example","host_ip":"2001:db8::1","aaaa":["2001:db8::1"],"status_code":404,"failed":false}
{"timestamp":"2026-11-22T19:02:06.5Z","port":"443","url":"https://two.example","input":"two.example","scheme":"https","a":["192.0.2.11"],"aaaa":["2001:db8::2"],"status_code":200,"failed":false}
{"timestamp":"2026-11-22T19:02:06.6Z","url":"https://none.example","input":"none.example","scheme":"https","status_code":200,"failed":false}
{"timestamp":"2026-11-22T19:02:06.7Z","port":"443","url":"https://gone.example","input":"gone.example","scheme":"https","status_code":0,"failed":true}
`,
  ],
  naabuJson: [
    `{"host":"shop.example","ip":"192.0.2.8","timestamp":"2026-11-22T19:02:06.1Z","port":443,"protocol":"tcp","tls":true}
{"ip":"192.0.2.9","timestamp":"2026-11-22T19:02:06.1Z","port":25,"protocol":"tcp","tls":false}
{"ip":"192.0.2.9","timestamp":"2026-11-22T19:02:06.1Z","port":8025,"protocol":"tcp","tls":false,"name":"smtp","method":"probed","product":"Postfix"}
{"ip":"192.0.2.9","timestamp":"2026-11-22T19:02:06.1Z","port":8026,"protocol":"tcp","tls":false,"name":"http","method":"probed","tunnel":"ssl"}
{"ip":"192.0.2.9","timestamp":"2026-11-22T19:02:06.1Z","port":53,"protocol":"udp","tls":false}
{"ip":"192.0.2.10","timestamp":"2026-11-22T19:02:06.1Z","port":0,"protocol":"","tls":false}
`,
    `{"ip":"192.0.2.9","port":8443}
{"host":"shop.example","ip":"2001:db8::1","port":8443}
`,
    // 2.1.
    `{"host":"shop.example","ip":"192.0.2.8","port":{"Port":8443,"Protocol":0,"TLS":true},"timestamp":"2026-11-22T19:02:06.1Z"}
`,
  ],
};
