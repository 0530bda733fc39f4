import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { OrderReason, OrderSchema, OrderStatus } from '$lib/gen/orders_pb';
import { fateOf } from './fate';

const fate = (status: OrderStatus, reason: OrderReason) => fateOf(create(OrderSchema, { status, reason }));

it('says what has become of an order, and why it ended early', () => {
  expect(fate(OrderStatus.LIVE, OrderReason.REPLACED)).toEqual({ word: 'Open', why: '' });
  expect(fate(OrderStatus.FILLED, OrderReason.MATCHED)).toEqual({ word: 'Filled', why: '' });
  expect(fate(OrderStatus.CANCELLED, OrderReason.EXPIRED).why).toBe('Cancelled: it expired.');
});

it('knows every reason for which an order ends', () => {
  const lives = [OrderReason.UNSPECIFIED, OrderReason.PLACED, OrderReason.MATCHED, OrderReason.REPLACED];
  const ends = Object.values(OrderReason).filter((each) => typeof each === 'number');
  for (const reason of ends) {
    if (!lives.includes(reason)) expect(fate(OrderStatus.CANCELLED, reason).why).not.toBe('');
  }
});
