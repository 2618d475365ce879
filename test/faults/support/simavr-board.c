/*
 * The board in simavr, led by words: a second opinion on what the firmware does to its motor pins.
 *
 *   simavr-board IMAGE COMMANDS ANSWERS      the flash image, raw; two named pipes
 *
 * One command a line: `run CYCLE`, `write HEX`, `pin NUMBER LEVEL` (port D), `cut`, `hang INTERRUPTS_OFF`, `end`.
 * Each is answered by lines `said CYCLE BYTE` and `drive CYCLE PIN ON`, then by one line `now CYCLE`.
 *
 * simavr moves no pin for a timer's PWM, so a motor counts as driven from the connecting of its pin to the timer until
 * the disconnecting, as its registers say, after every instruction: never shorter than the pin itself is high.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "avr_adc.h"
#include "avr_extint.h"
#include "avr_ioport.h"
#include "avr_uart.h"
#include "sim_avr.h"
#include "sim_cycle_timers.h"
#include "sim_io.h"
#include "sim_irq.h"

enum { clockHz = 16000000, baud = 57600, flashBytes = 32768, queueBytes = 4096, supplyMv = 5000 };
enum { portD = 0x2b, ddrD = 0x2a, tccr0a = 0x44, ucsr0a = 0xc0, u2x0 = 1, ubrr0l = 0xc4 };
enum { interruptFlag = 7, stopInterrupt = 0 };

static avr_t *avr;
static avr_irq_t *receive;
static FILE *answers;
static unsigned char queue[queueBytes];
static unsigned queued, queueFrom;
static double nextStart;
static int driven[8];

static void sleepNot(avr_t *chip, avr_cycle_count_t howLong) {
  (void)chip;
  (void)howLong;
}

static void said(avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq;
  (void)param;
  fprintf(answers, "said %llu %u\n", (unsigned long long)avr->cycle, value & 0xff);
}

static avr_cycle_count_t wake(avr_t *chip, avr_cycle_count_t when, void *param) {
  (void)chip;
  (void)when;
  (void)param;
  return 0;
}

/* The pin belongs to the timer, or to its port: high there counts as driven as well. */
static void lookAt(int pin, int shift) {
  const int output = (avr->data[ddrD] >> pin) & 1;
  const int connected = (avr->data[tccr0a] >> shift) & 3;
  const int on = output && (connected || ((avr->data[portD] >> pin) & 1));
  if (on == driven[pin]) return;
  driven[pin] = on;
  fprintf(answers, "drive %llu %d %d\n", (unsigned long long)avr->cycle, pin, on);
}

/* Bytes of the host start one after the other at the line's speed. simavr tells the chip of each one frame later. */
static void feed(void) {
  while (queued > 0 && (double)avr->cycle >= nextStart) {
    avr_raise_irq(receive, queue[queueFrom]);
    queueFrom = (queueFrom + 1) % queueBytes;
    queued -= 1;
    nextStart += 10.0 * clockHz / baud;
  }
}

/*
 * simavr reckons the line's pace as UBRR0L is written, and looks at U2X0 then. The firmware sets U2X0 after it, as the
 * datasheet lets it (19.11): without this simavr hands bytes over at half their pace.
 */
static void paceLine(void) {
  static int isPaced;
  if (isPaced || !((avr->data[ucsr0a] >> u2x0) & 1)) return;
  isPaced = 1;
  const int io = AVR_DATA_TO_IO(ubrr0l);
  avr->io[io].w.c(avr, ubrr0l, avr->data[ubrr0l], avr->io[io].w.param);
}

static void step(avr_cycle_count_t until) {
  avr_cycle_count_t stop = until;
  if (queued > 0 && nextStart < (double)stop) stop = (avr_cycle_count_t)nextStart + 1;
  if (stop > avr->cycle) avr_cycle_timer_register(avr, stop - avr->cycle, wake, NULL);
  const int state = avr_run(avr);
  if (state == cpu_Done || state == cpu_Crashed) {
    fprintf(stderr, "simavr: the program has ended in state %d\n", state);
    exit(1);
  }
  paceLine();
  feed();
  lookAt(5, 4);
  lookAt(6, 6);
}

static void takeBytes(const char *hex) {
  if (queued == 0 && nextStart < (double)avr->cycle) nextStart = (double)avr->cycle;
  for (unsigned value; sscanf(hex, "%2x", &value) == 1 && queued < queueBytes; hex += 2) {
    queue[(queueFrom + queued) % queueBytes] = (unsigned char)value;
    queued += 1;
  }
  feed();
}

/* What is connected to a pin of port D holds against its pull-up, and against what simavr makes of that. */
static void drive(int pin, int high) {
  static avr_ioport_external_t outside = {.name = 'D'};
  outside.mask |= 1u << pin;
  outside.value = high ? outside.value | 1u << pin : outside.value & ~(1u << pin);
  avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &outside);
  avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), pin), (uint32_t)high);
}

/* The program goes round in circles in flash's last word from its next sleep on. */
static void hang(int interruptsOff) {
  avr->flash[flashBytes - 2] = 0xff;
  avr->flash[flashBytes - 1] = 0xcf;
  while (avr->state != cpu_Sleeping) step(avr->cycle + 160);
  avr->state = cpu_Running;
  avr->pc = flashBytes - 2;
  if (interruptsOff) avr->sreg[interruptFlag] = 0;
}

static void makeBoard(const char *path) {
  static unsigned char image[flashBytes];
  FILE *file = fopen(path, "rb");
  if (!file || fread(image, 1, flashBytes, file) != flashBytes) exit(2);
  fclose(file);
  avr = avr_make_mcu_by_name("atmega328p");
  if (!avr) exit(3);
  avr_init(avr);
  avr->frequency = clockHz;
  avr->log = LOG_ERROR;
  avr->sleep = sleepNot;
  /* One instruction a call, so that no change of a pin is seen late. */
  avr->run_cycle_limit = 1;
  avr_loadcode(avr, image, flashBytes, 0);
  avr->codeend = flashBytes;
  /* The contact of STOP holds the pin of an interrupt low, which the firmware does not use: simavr would ask for it every other cycle. */
  avr_extint_set_strict_lvl_trig(avr, stopInterrupt, 0);
  /* The supply, and both drains at rest: held up to it through their motors. */
  avr->vcc = avr->avcc = avr->aref = supplyMv;
  for (int input = 0; input < 2; input++)
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0 + input), supplyMv);
  uint32_t flags = 0;
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), said, NULL);
  receive = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
}

int main(int count, char **words) {
  if (count != 4) return 64;
  makeBoard(words[1]);
  FILE *commands = fopen(words[2], "r");
  answers = fopen(words[3], "w");
  if (!commands || !answers) return 66;
  static char line[2 * queueBytes + 32];
  while (fgets(line, sizeof line, commands)) {
    char *rest = strchr(line, ' ');
    if (!strncmp(line, "run", 3)) {
      const avr_cycle_count_t until = strtoull(rest, NULL, 10);
      while (avr->cycle < until) step(until);
    } else if (!strncmp(line, "write", 5)) takeBytes(rest + 1);
    else if (!strncmp(line, "pin", 3)) {
      const int pin = (int)strtol(rest, &rest, 10);
      drive(pin, (int)strtol(rest, NULL, 10));
    } else if (!strncmp(line, "cut", 3)) queued = 0;
    else if (!strncmp(line, "hang", 4)) hang(atoi(rest));
    else return 0;
    fprintf(answers, "now %llu %u\n", (unsigned long long)avr->cycle, queued);
    fflush(answers);
  }
  return 0;
}
