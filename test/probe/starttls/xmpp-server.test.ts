import { xmppServer } from '../../../src/probe/starttls/xmpp-server.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const STREAM = client(
  "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' xmlns:stream='http://etherx.jabber.org/streams'" +
    " to='a.example' version='1.0'>",
);
const STARTTLS = client("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
const HEADER = "<stream:stream from='a.example' version='1.0'>";
const OFFER =
  "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>";

describeProtocol(xmppServer, {
  accepted: [
    {
      name: 'with an XML declaration',
      steps: [
        STREAM,
        server(`<?xml version='1.0'?>\n${HEADER}${OFFER}`),
        STARTTLS,
        server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
      ],
      greeting: HEADER,
    },
    {
      name: 'with other features and an element that is not empty',
      steps: [
        STREAM,
        server(`${HEADER}<stream:features><dialback/><starttls></starttls></stream:features>`),
        STARTTLS,
        server('<proceed></proceed>'),
      ],
      greeting: HEADER,
    },
  ],
  refused: [
    {
      name: 'it is not among the features',
      steps: [STREAM, server(`${HEADER}<stream:features><bind/></stream:features>`)],
      code: 'not-offered',
      detail: 'STARTTLS is not among the stream features',
    },
    {
      name: 'there are no features at all',
      steps: [STREAM, server(`${HEADER}<stream:features/>`)],
      code: 'not-offered',
      detail: 'STARTTLS is not among the stream features',
    },
    {
      name: 'the server is too old for features',
      steps: [STREAM, server("<stream:stream from='a.example'>")],
      code: 'not-offered',
      detail: 'XMPP older than 1.0',
    },
    {
      name: 'the domain is not served',
      steps: [
        STREAM,
        server(
          `${HEADER}<stream:error><host-unknown xmlns='x'/><text>no such host</text></stream:error></stream:stream>`,
        ),
      ],
      code: 'host-unknown',
      detail: 'it does not serve a.example (give the domain it serves): no such host',
    },
    {
      name: 'it failed',
      steps: [STREAM, server(`${HEADER}${OFFER}`), STARTTLS, server("<failure xmlns='x'/></stream:stream>")],
      code: 'failure',
      detail: 'STARTTLS was refused',
    },
    {
      name: 'the stream ends',
      steps: [STREAM, server(`${HEADER}</stream:stream>`)],
      code: 'closed',
      detail: 'the server ended the stream',
    },
  ],
  malformed: [
    {
      name: 'something else instead of proceed',
      steps: [STREAM, server(`${HEADER}${OFFER}`), STARTTLS, server('<message/>')],
    },
  ],
  endless: { steps: [STREAM, server(`${HEADER}<stream:features>`)], forever: '<mechanism>x</mechanism>' },
});
