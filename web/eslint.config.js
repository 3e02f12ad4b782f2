import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Layers: apps > features > packages. A feature knows packages only; links to other features go by route name. */
const layers = {
  packages: [
    { group: ['@suqian/features', '@suqian/features/*', '**/features/**'], message: 'A package knows no feature.' },
    { group: ['**/apps/**'], message: 'A package knows no app.' },
  ],
  features: [
    { group: ['@suqian/features', '@suqian/features/*'], message: 'Features link to each other by route name only.' },
    { group: ['../../*', '**/apps/**', '**/packages/**'], message: 'Leave the feature through @suqian/<package> only.' },
  ],
  apps: [{ group: ['**/packages/**', '**/features/**', '!@suqian/features/**'], message: 'Import @suqian/… names.' }],
}
const layerRule = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'packages/api-client/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      'no-undef': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': ['error', { allowBinding: true }],
      'vue/no-bare-strings-in-template': ['error', { allowlist: ['·', '/', ':', '-', '–', '—', '|', '(', ')', '*', '%', '#', '…', '+', '×'] }],
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'always', component: 'always' } }],
      'vue/require-default-prop': 'off',
      'vue/one-component-per-file': 'error',
      'max-lines-per-function': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'vuejs-accessibility/no-static-element-interactions': 'error',
      'vuejs-accessibility/no-redundant-roles': 'off',
    },
  },
  {
    // A store is one function by design; what counts is the length of what is in it.
    files: ['**/store.ts', '**/store*.ts', '**/use*.ts', '**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['packages/**/*.{ts,vue}'], rules: layerRule(layers.packages) },
  { files: ['features/**/*.{ts,vue}'], rules: layerRule(layers.features) },
  { files: ['apps/**/*.{ts,vue}'], rules: layerRule(layers.apps) },
  {
    files: ['scripts/**/*.mjs', '*.js', 'vite.config.ts'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
)
