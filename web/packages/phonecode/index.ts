/** Showing that a mobile number is one's own: a code by SMS, typed in. */
export { default as PhoneCodeForm } from './PhoneCodeForm.vue'
