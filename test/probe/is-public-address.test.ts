import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/probe/is-public-address.js';

describe('isPublicAddress', () => {
  it.each([
    ['0.0.0.0', 'this host'],
    ['10.1.2.3', 'private'],
    ['100.64.0.1', 'shared by carriers'],
    ['127.0.0.1', 'loopback'],
    ['169.254.169.254', 'link-local, where clouds keep their secrets'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.8', 'protocol assignments'],
    ['192.0.2.1', 'documentation'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::ffff:8.8.8.8', 'IPv4 in disguise'],
    ['::ffff:127.0.0.1', 'loopback in disguise'],
    ['::7f00:1', 'IPv4 in an old disguise'],
    ['64:ff9b::7f00:1', 'loopback behind a translator'],
    ['64:ff9b::a', 'this host behind a translator'],
    ['64:ff9b:1::1', 'a translator of one network'],
    ['100::1', 'discard'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4'],
    ['3fff::1', 'documentation'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with its zone'],
    ['2606:4700::1%eth0', 'a zone'],
    ['ff02::1', 'multicast'],
    ['localhost', 'no address'],
    ['', 'nothing'],
  ])('refuses %s: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.169.0.1',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2606:4700::1111',
    '64:ff9b::808:808',
  ])('allows %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
