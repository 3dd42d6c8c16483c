#!/usr/bin/perl
# A node for the tests of machine/cluster that is no machine: it takes the
# place of vm, and of what vm is told hears the address of its card, the UDP
# port and the words. It greets until it has heard everybody, does what the
# words say, prints each frame of data that comes, once for each time, and
# ends with 0 when it has heard nothing for a while.
#
#	data=FROM,TO,TYPE,COUNT	sends so many frames, a millisecond apart
#	again=N			sends each N times
#	text			prints lines and a piece of one; echoes input
#	status=NODE,N		ends with N
#	stay			the others never end
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(sleep time);

my ($all, $me, $port) = join(' ', @ARGV);
($me, $port) = (hex $1, $2)
	if $all =~ /mac=b0:c4:20:00:00:(\w\w), ethmod=socket, ethdev=(\d+)/;
my ($nodes) = $all =~ /nodes=(\d+)/;
my $card = IO::Socket::INET->new(Proto => 'udp', LocalPort => $port)
	or die "node $me: port $port: $!\n";
my $wire = sockaddr_in($port + 1, INADDR_LOOPBACK);
my $everybody = "\xff" x 6;
my %heard = ($me => 1);
$| = 1;
$SIG{TERM} = sub { exit 15 };

sub address {
	return pack 'C6', 0xb0, 0xc4, 0x20, 0, 0, shift;
}

sub frame {
	my ($to, $kind, $seq, $type) = @_;

	return pack 'a6 a6 n C C V V V V V v v', $to, address($me), 0x88b5, 1,
		$kind, 0, 1000 + $me, 0, $seq, 0, 0, $type;
}

sub out {
	$card->send(shift, 0, $wire);
}

# What has come within so many seconds, or nothing
sub receive {
	my $select = IO::Select->new($card);
	my $data;

	return undef unless $select->can_read(shift);
	$card->recv($data, 4096);
	return $data;
}

sub got {
	my $data = shift;
	my ($to, $from, $type, undef, $kind, undef, undef, undef, $seq, undef,
		undef, $message) = unpack 'a6 a6 n C C V V V V V v v', $data;
	my $node = length $data >= 40 && ord substr $from, 5;

	if (!$node || $type != 0x88b5) {
		print 'other ', unpack('H*', $data), "\n";
		return;
	}
	$heard{$node} = 1;
	return if $kind == 1;
	my $for = $to eq address($me) ? 'me' : 'all';
	print "from $node seq $seq type $message for $for\n";
}

sub quiet_for {
	my $seconds = shift;
	my $data;

	got($data) while defined($data = receive($seconds));
}

if ($all =~ /\btext\b/) {
	print "hello from $me\n", "a piece";
	sleep 1.5;
	print " and its end\n";
	while (my $line = <STDIN>) {
		print "$me got $line";
	}
	exit 0;
}
if ($nodes) {
	for (my $i = 0; $i < 100 && keys %heard < $nodes; $i++) {
		out(frame($everybody, 1, 0, 0));
		quiet_for(0.02);
	}
	out(frame($everybody, 1, 0, 0)) for 1 .. 3;
	quiet_for(0.1);
}
my ($times) = $all =~ /\bagain=(\d+)/;
while ($all =~ /\bdata=(\d+),(\d+),(\d+),(\d+)/g) {
	my ($from, $to, $type, $count) = ($1, $2, $3, $4);

	next if $from != $me;
	for my $seq (1 .. $count) {
		my $for = $to == 255 ? $everybody : address($to);

		out(frame($for, 2, $seq, $type)) for 1 .. ($times || 1);
		quiet_for(0.001);
	}
}
quiet_for(0.7);
exit $2 if $all =~ /\bstatus=(\d+),(\d+)/ && $1 == $me;
sleep 1000 if $all =~ /\bstay\b/;
exit 0;
